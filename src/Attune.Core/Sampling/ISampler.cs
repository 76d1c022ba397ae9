using Attune.Events;
using Attune.Histories;

namespace Attune.Sampling;

/// <summary>
/// Proposes configurations. It obeys the replay law: a proposal is a pure function of the events observed up to its basis, the trial's
/// number, the seed, the sampler and its version. At every prefix of every journal a fresh sampler that only observed proposes bit for
/// bit what one that proposed all along does.
/// </summary>
public interface ISampler
{
    /// <summary>Name, version and options.</summary>
    MethodDescriptor Descriptor { get; }

    /// <summary>Whether proposals depend on anything but the index: samplers that read no history propose without taking turns.</summary>
    bool ReadsHistory { get; }

    /// <summary>Takes note of an event. Events come in journal order, each once.</summary>
    /// <param name="journalEvent">The event.</param>
    /// <param name="history">The study just after the event. Valid during the call only.</param>
    void Observe(in JournalEvent journalEvent, History history);

    /// <summary>Proposes configurations for consecutive indices.</summary>
    /// <param name="context">The study at the basis, and what is asked for.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>As many proposals, or fewer when there is nothing more to propose (a grid that is done).</returns>
    /// <exception cref="SpaceException">The constraints leave (almost) nothing to propose.</exception>
    IReadOnlyList<Proposal> Propose(in ProposalContext context, int count);
}
