using Attune.Events;

namespace Attune.Testing;

/// <summary>Counts, from the journal alone, which trials have got to each rung with which loss, and which of them were promoted.</summary>
/// <param name="reductionFactor">At most one of so many is among the best of a rung; null to look at no ranks.</param>
internal sealed class RungLedger(double? reductionFactor)
{
    private readonly Dictionary<int, (ScheduleStep Step, double? Loss)> _places = [];
    private readonly Dictionary<(int Bracket, int Rung), List<double>> _losses = [];
    private readonly HashSet<(int Trial, int Rung)> _promotions = [];

    /// <summary>Takes the next event.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    internal string? Take(in JournalEvent journalEvent)
    {
        switch (journalEvent.Payload)
        {
            case Reserved { Step: { } step } reserved:
                _places[reserved.Trial] = (step, null);
                break;
            case Measured { Measurement: { Resource: { } resource } measurement, Trial: var trial }:
                Reach(trial, resource, measurement.Metrics.TryGet("loss", out var loss) ? loss : double.PositiveInfinity);
                break;
            case Failed { WillRetry: false, Trial: var trial }:
                Reach(trial, double.PositiveInfinity, double.PositiveInfinity);
                break;
            case Lost { WillRetry: false, Trial: var trial }:
                Reach(trial, double.PositiveInfinity, double.PositiveInfinity);
                break;
            case Resumed { Step: { } step } resumed when _places.TryGetValue(resumed.Trial, out var place):
                return Promote(resumed.Trial, place.Step, step, place.Loss);
        }

        return null;
    }

    private void Reach(int trial, double resource, double loss)
    {
        if (!_places.TryGetValue(trial, out var place) || place.Loss is not null || resource < place.Step.To * (1 - 1e-9))
            return;
        _places[trial] = (place.Step, loss);
        LossesOf(place.Step.Bracket, place.Step.Rung).Add(loss);
    }

    private string? Promote(int trial, ScheduleStep from, ScheduleStep to, double? loss)
    {
        if (to.Rung == from.Rung)
            return loss is null ? null : $"trial {trial} is resumed for rung {to.Rung}, to which it has got already.";
        if (!_promotions.Add((trial, to.Rung)))
            return $"trial {trial} is promoted to rung {to.Rung} a second time.";
        if (to.To < from.To)
            return FormattableString.Invariant($"trial {trial} goes from {from.To} back to {to.To}.");
        if (loss is not { } value)
            return $"trial {trial} is promoted from rung {from.Rung}, to which it never got.";
        var losses = LossesOf(from.Bracket, from.Rung);
        var better = losses.Count(other => other < value);
        _places[trial] = (to, null);
        return reductionFactor is { } eta && better + 1 > (losses.Count / eta) + 1e-9
            ? $"trial {trial} is promoted from rung {from.Rung} of bracket {from.Bracket}, where {better} of {losses.Count} are better."
            : null;
    }

    private List<double> LossesOf(int bracket, int rung) =>
        _losses.TryGetValue((bracket, rung), out var losses) ? losses : _losses[(bracket, rung)] = [];
}
