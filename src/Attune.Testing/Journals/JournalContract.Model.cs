using System.Globalization;
using Attune.Events;
using Attune.Journals;
using Attune.Numerics;

namespace Attune.Testing;

/// <content>Random use compared with a plain list.</content>
public sealed partial class JournalContract
{
    /// <summary>
    /// Does random things with the studies of a new place, and the same with plain lists: what can be seen is the same throughout.
    /// </summary>
    /// <param name="seed">The seed of what is done.</param>
    /// <param name="operations">How many things are done; positive.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ContractViolationException">Store and list differ; the message says at which operation.</exception>
    public async Task CheckRandomUseAsync(ulong seed, int operations = 60, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(operations, 1);
        var place = _newPlace();
        await using (place.ConfigureAwait(false))
        {
            var model = new Model(this, place, seed);
            try
            {
                for (var i = 0; i < operations; i++)
                    await model.StepAsync(i, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await model.CloseAsync().ConfigureAwait(false);
            }
        }
    }

    private sealed class Model(JournalContract contract, StorePlace place, ulong seed)
    {
        private readonly Dictionary<string, List<EventDraft>> _lists = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];
        private readonly List<IStudyStore> _stores = [];
        private RandomStream _random = RandomKey.FromSeed(seed).CreateStream();
        private int _step;

        internal async Task StepAsync(int step, CancellationToken cancel)
        {
            _step = step;
            if (_stores.Count == 0 || (_stores.Count < 3 && Next(20) == 0))
                _stores.Add(await place.OpenAsync(cancel).ConfigureAwait(false));
            var store = _stores[Next(_stores.Count)];
            var name = string.Create(CultureInfo.InvariantCulture, $"study {Next(3)}");
            switch (Next(12))
            {
                case 0:
                    await Create(store, name, cancel).ConfigureAwait(false);
                    break;
                case 1 when Next(4) == 0:
                    Demand(await store.DeleteAsync(name, cancel).ConfigureAwait(false) == _lists.Remove(name), $"deleting {name}");
                    _names.Remove(name);
                    break;
                case 2:
                    Demand((await store.ListAsync(cancel).ConfigureAwait(false)).SequenceEqual(_names), "listing");
                    break;
                case 3 when Next(3) == 0:
                    _stores.Remove(store);
                    await store.DisposeAsync().ConfigureAwait(false);
                    break;
                case 4 or 5:
                    await Read(store, name, cancel).ConfigureAwait(false);
                    break;
                default:
                    await Append(store, name, cancel).ConfigureAwait(false);
                    break;
            }
        }

        internal async Task CloseAsync()
        {
            foreach (var store in _stores)
                await store.DisposeAsync().ConfigureAwait(false);
        }

        private async Task Create(IStudyStore store, string name, CancellationToken cancel)
        {
            var (created, fault) = (Created with { Writer = $"creator {_step}" }, default(JournalFault?));
            try
            {
                await store.CreateAsync(name, created, cancel).ConfigureAwait(false);
            }
            catch (JournalException exception)
            {
                fault = exception.Fault;
            }

            Demand(fault == (_lists.ContainsKey(name) ? JournalFault.Exists : null), $"creating {name}");
            if (_lists.TryAdd(name, [created]))
                _names.Add(name);
        }

        private async Task<IJournal?> Open(IStudyStore store, string name, CancellationToken cancel)
        {
            try
            {
                var journal = await store.OpenAsync(name, cancel).ConfigureAwait(false);
                Demand(_lists.ContainsKey(name), $"opening {name}");
                return journal;
            }
            catch (JournalException exception) when (exception.Fault == JournalFault.NotFound)
            {
                Demand(!_lists.ContainsKey(name), $"opening {name}");
                return null;
            }
        }

        private async Task Read(IStudyStore store, string name, CancellationToken cancel)
        {
            if (await Open(store, name, cancel).ConfigureAwait(false) is not { } journal)
                return;
            var after = Next(_lists[name].Count + 1);
            Same(name, after, await ReadAll(journal, cancel, after).ConfigureAwait(false));
        }

        private async Task Append(IStudyStore store, string name, CancellationToken cancel)
        {
            if (await Open(store, name, cancel).ConfigureAwait(false) is not { } journal)
                return;
            var list = _lists[name];
            var (after, drafts, fails) = (
                list.Count - Math.Min(list.Count, Next(6)), Enumerable.Range(0, Next(5)).Select(_ => Draft()).ToArray(), Next(8) == 0);
            try
            {
                var head = await journal.AppendAsync(after, (at, tail) =>
                {
                    Demand(at == list.Count, $"the head of {name}");
                    Same(name, after, tail);
                    return fails ? throw new InjectedFailureException() : drafts;
                }, cancel).ConfigureAwait(false);
                list.AddRange(drafts);
                Demand(!fails && head == list.Count, $"appending to {name}");
            }
            catch (InjectedFailureException)
            {
                Demand(fails, $"appending to {name}");
            }
        }

        private EventDraft Draft() => new(
            Created.Time.AddTicks((long)(_random.NextUInt64() >> 20)), $"w{Next(3)}", Next(1000), Next(5), Next(100),
            Next(3) == 0 ? new StopRequested(Next(2) == 0) : new Ticked());

        private void Same(string name, int after, IReadOnlyList<JournalEvent> found)
        {
            var expected = _lists[name].Select((draft, i) => draft.At(i + 1)).Skip(after).ToArray();
            contract.DemandSame(EventText.Of(expected), EventText.Of(found), $"operation {_step} of seed {seed}: {name} after {after}",
                nameof(CheckRandomUseAsync));
        }

        private void Demand(bool holds, string what)
        {
            if (!holds)
                throw new ContractViolationException(
                    contract._subject, nameof(CheckRandomUseAsync), seed, $"operation {_step}, {what}, does not agree with a plain list.");
        }

        private int Next(int count) => (int)(_random.NextUInt64() % (ulong)count);
    }
}
