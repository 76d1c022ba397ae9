namespace Attune;

/// <summary>The short way in: <c>Study.Create("svm")</c>.</summary>
public static class StudyExtensions
{
    extension(Study)
    {
        /// <summary>Begins to describe a study in C#. Nothing is stored before it runs; running again resumes.</summary>
        /// <param name="name">The name of the study; by default it is stored in <c>NAME.db</c> in the working folder.</param>
        /// <param name="direction">Which way the only objective is better; minimize by default. <see cref="StudyBuilder.Minimize"/> and its
        /// like replace it.</param>
        /// <param name="trials">How many trials; null to set the budget otherwise.</param>
        /// <param name="time">How long; null for no limit.</param>
        /// <param name="sampler">The name of a sampler; null for the default.</param>
        /// <exception cref="ArgumentException">The name is blank.</exception>
        public static StudyBuilder Create(
            string name, Direction direction = Direction.Minimize, int? trials = null, TimeSpan? time = null, string? sampler = null) =>
            new(name, direction, trials, time, sampler);
    }
}
