using Attune.Events;

namespace Attune.Sqlite.Projection;

/// <summary>All trials of a study with what their rows need, from all its events in order.</summary>
internal sealed class ProjectionFold
{
    private readonly List<ProjectedTrial> _trials = [];
    private int _revisions;

    internal IReadOnlyList<ProjectedTrial> Trials => _trials;

    internal Problem Problem { get; private set; } = null!;

    internal void Apply(JournalEvent journalEvent)
    {
        switch (journalEvent.Payload)
        {
            case StudyCreated created:
                Problem = created.Definition.Problem;
                break;
            case SpaceRevised:
                _revisions++;
                break;
            case Reserved { Trial: var number } when number == _trials.Count:
                _trials.Add(ProjectedTrial.Apply(Problem, _revisions, null, journalEvent));
                break;
            case TrialEvent { Trial: var number } when number < _trials.Count:
                _trials[number] = ProjectedTrial.Apply(Problem, _revisions, _trials[number], journalEvent);
                break;
        }
    }
}
