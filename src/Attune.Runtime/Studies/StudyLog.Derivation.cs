using Attune.Events;
using Attune.Journals;

namespace Attune.Studies;

/// <content>Deriving everything from the journal anew.</content>
internal sealed partial class StudyLog
{
    /// <summary>Reads the whole journal and makes everything that is derived from it anew.</summary>
    private async ValueTask DeriveAsync()
    {
        // A write that failed may still stand in the journal: its answer never reached the caller.
        if (_sequence > _acknowledged)
            _doubtful.Add((_acknowledged, _sequence));
        _acknowledged = _sequence;
        do
        {
            _fresh.Clear();
            _unanswered.Clear();
            _samplerName = _fold.Current.Position == 0 ? null : _fold.Current.Sampler;
            _fold = new();
            Feed = null;
            LastProposal = 0;
            await foreach (var journalEvent in _journal.ReadAsync(0, CancellationToken.None).ConfigureAwait(false))
            {
                if (_fold.Current.Position == 0)
                    Create(journalEvent);
                Observe(journalEvent);
                NoteUnanswered(journalEvent);
            }

            if (_fold.Current.Position == 0)
                throw new JournalException(
                    JournalFault.Damaged, $"The journal of the study '{_journal.Study}' is empty. Delete the study and create it again.");
        }
        while (_samplerName != _fold.Current.Sampler);
        _isStale = false;
    }

    private void NoteUnanswered(JournalEvent journalEvent)
    {
        if (journalEvent.Payload is Reserved or Started or Resumed && journalEvent.Writer == Writer.Name
            && _doubtful.Exists(range => journalEvent.Sequence > range.After && journalEvent.Sequence <= range.UpTo))
        {
            _unanswered.Add((journalEvent.Trial!.Value, journalEvent.Token));
        }
    }

    private void Create(in JournalEvent first)
    {
        if (first.Payload is not StudyCreated { Definition: var definition })
            throw new JournalException(JournalFault.Damaged,
                $"The journal of the study '{_journal.Study}' does not begin with its creation. Restore the store from a copy.");
        if (_options.Space is { } space)
            definition.Problem.Space.BindConstraints(space);
        var context = new MethodContext(definition.Problem, definition.Seed, definition.Budget);
        _samplerName ??= definition.Sampler;
        _sampler = _options.Catalog.CreateSampler(_samplerName, context);
        Scheduler = _options.Catalog.CreateScheduler(definition.Scheduler, context);
        if (_sampler.ReadsHistory)
            Feed = new(_sampler);
    }
}
