using System.Text.Json.Serialization.Metadata;
using Attune.Scheduling;

namespace Attune.Algorithms;

/// <summary>A scheduler as a registry knows it.</summary>
public sealed class SchedulerRegistration : MethodRegistration
{
    private readonly Func<MethodDescriptor, MethodContext, IScheduler> _create;

    private SchedulerRegistration(
        string name, int version, string summary, OptionSchema schema, Func<MethodDescriptor, MethodContext, IScheduler> create)
        : base("Scheduler", name, version, summary, schema) => _create = create;

    /// <summary>Registers a scheduler without options.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="version">From 1; raised whenever the same journal would lead to another answer.</param>
    /// <param name="summary">What it is, in one line.</param>
    /// <param name="create">Makes one, given the descriptor that it is to show and the problem.</param>
    public static SchedulerRegistration Create(
        string name, int version, string summary, Func<MethodDescriptor, MethodContext, IScheduler> create) =>
        Create(name, version, summary, NoOptionsJson.Default.NoOptions, [], (descriptor, _, context) => create(descriptor, context));

    /// <summary>Registers a scheduler with options.</summary>
    /// <typeparam name="TOptions">A record whose new instance holds the defaults.</typeparam>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
    /// <param name="version">From 1; raised whenever the same journal would lead to another answer.</param>
    /// <param name="summary">What it is, in one line.</param>
    /// <param name="json">How the record is written, from a JSON source generator with snake_case names.</param>
    /// <param name="options">One description for each property of the record.</param>
    /// <param name="create">Makes one, given the descriptor that it is to show, its options and the problem.</param>
    /// <param name="aliases">Other names by which people may call it; null for none.</param>
    /// <exception cref="ArgumentException">The descriptions do not match the record.</exception>
    public static SchedulerRegistration Create<TOptions>(
        string name, int version, string summary, JsonTypeInfo<TOptions> json, IEnumerable<MethodOption> options,
        Func<MethodDescriptor, TOptions, MethodContext, IScheduler> create, IEnumerable<string>? aliases = null)
        where TOptions : class, new()
    {
        var schema = new OptionSchema<TOptions>(json, options);
        return new(name, version, summary, schema, Make) { Aliases = [.. aliases ?? []] };

        IScheduler Make(MethodDescriptor descriptor, MethodContext context)
        {
            var title = $"Scheduler '{name}'";
            using var written = Parse(title, descriptor);
            var read = schema.Read(title, written.RootElement);
            return create(new(name, version, schema.Write(read)), read, context);
        }
    }

    internal IScheduler Create(MethodDescriptor descriptor, MethodContext context) => _create(descriptor, context);
}
