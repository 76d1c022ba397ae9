namespace Attune.Histories;

/// <content>Which trials are the best.</content>
public sealed partial class HistoryFold
{
    /// <summary>Compares a trial that has come to rest with the front, or takes one from it that goes on.</summary>
    private void Compare(Trial before, Trial after, long position)
    {
        if (Current.Problem.IsSingleObjective)
        {
            CompareLosses(before, after, position);
            return;
        }

        var place = IsComparable(before) ? Current.FrontList.IndexOf(before.Number) : -1;
        if (!IsComparable(after))
        {
            if (place >= 0)
                RebuildFront();
        }
        else if (place >= 0)
        {
            Current.FrontTrials[place] = after;
        }
        else if (!IsComparable(before) && JoinFront(after))
        {
            Current.FinishedWithoutImprovement = 0;
        }
    }

    private void CompareLosses(Trial before, Trial after, long position)
    {
        if (!IsComparable(after))
            _best.Remove(after.Number);
        else if (after.State == TrialState.Paused)
            _best.AddPaused(after.Number, after.Losses[0], position);
        else
            _best.AddEnded(after.Number, after.Losses[0], position);
        var best = _best.Trial;
        if (best == (Current.FrontList.Count == 0 ? null : Current.FrontList[0]) && best != after.Number)
            return;
        Current.FrontList.Clear();
        Current.FrontTrials.Clear();
        if (best is not { } number)
            return;
        Current.FrontList.Add(number);
        Current.FrontTrials.Add(Current.Table[number]);
        if (number == after.Number && !IsComparable(before))
            Current.FinishedWithoutImprovement = 0;
    }

    /// <summary>
    /// Whether a trial's value counts: it has completed, or it was stopped or paused and the objective is what was reported by then. A mean
    /// over a part of the instances does not compare with one over all.
    /// </summary>
    private bool IsComparable(Trial trial) => trial.State switch
    {
        TrialState.Completed => trial.IsFeasible,
        TrialState.Stopped or TrialState.Paused => trial.IsFeasible && !Current.Problem.TakesMeans,
        _ => false,
    };

    private void RebuildFront()
    {
        Current.FrontList.Clear();
        Current.FrontTrials.Clear();
        foreach (var trial in Current.Table)
        {
            if (IsComparable(trial))
                JoinFront(trial);
        }
    }

    private bool JoinFront(Trial trial)
    {
        foreach (var other in Current.FrontTrials)
        {
            if (DominatesOrEquals(other, trial))
                return false;
        }

        for (var i = Current.FrontTrials.Count - 1; i >= 0; i--)
        {
            if (!DominatesOrEquals(trial, Current.FrontTrials[i]))
                continue;
            Current.FrontTrials.RemoveAt(i);
            Current.FrontList.RemoveAt(i);
        }

        Current.FrontTrials.Add(trial);
        Current.FrontList.Add(trial.Number);
        return true;
    }

    private static bool DominatesOrEquals(Trial left, Trial right)
    {
        var (losses, others) = (left.Losses, right.Losses);
        for (var i = 0; i < losses.Length; i++)
        {
            if (losses[i] > others[i])
                return false;
        }

        return true;
    }
}
