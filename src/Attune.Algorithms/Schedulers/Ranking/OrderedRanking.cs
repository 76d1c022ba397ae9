namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Trials ordered by one loss, feasible ones first: a treap on one array that counts, in every subtree, its trials and those that wait
/// (R. Seidel, C. R. Aragon, Randomized search trees, Algorithmica 16, 1996). A node takes 48 bytes.
/// </summary>
/// <remarks>Priorities are a fixed hash of the trial's number, so the shape follows from what is in it.</remarks>
internal sealed class OrderedRanking : TrialRanking
{
    // Node 0 is the empty tree.
    private Node[] _nodes = new Node[8];
    private int _used = 1;
    private int _free;
    private int _root;

    internal override int Count => _nodes[_root].Size;

    internal override int Add(int trial, in Standing standing)
    {
        var handle = _free;
        if (handle != 0)
        {
            _free = _nodes[handle].Right;
        }
        else
        {
            if (_used == _nodes.Length)
                Array.Resize(ref _nodes, _used * 2);
            handle = _used++;
        }

        _nodes[handle] = new() { Violation = standing.Violation, Loss = standing.Loss, Trial = trial, Size = 1 };
        _root = Insert(_root, handle);
        return handle;
    }

    internal override void Replace(int handle, in Standing standing)
    {
        _root = Without(_root, handle);
        ref var node = ref _nodes[handle];
        (node.Violation, node.Loss, node.Left, node.Right) = (standing.Violation, standing.Loss, 0, 0);
        Sum(handle);
        _root = Insert(_root, handle);
    }

    internal override void Remove(int handle)
    {
        _root = Without(_root, handle);
        _nodes[handle] = new() { Right = _free };
        _free = handle;
    }

    internal override void SetWaiting(int handle, bool isWaiting)
    {
        if (_nodes[handle].IsWaiting == isWaiting)
            return;
        _nodes[handle].IsWaiting = isWaiting;
        var change = isWaiting ? 1 : -1;
        for (var at = _root; ; at = IsBefore(handle, at) ? _nodes[at].Left : _nodes[at].Right)
        {
            _nodes[at].Waiting += change;
            if (at == handle)
                return;
        }
    }

    internal override int RankOf(int handle)
    {
        var rank = 0;
        var at = _root;
        while (at != handle)
        {
            if (IsBefore(handle, at))
            {
                at = _nodes[at].Left;
            }
            else
            {
                rank += _nodes[_nodes[at].Left].Size + 1;
                at = _nodes[at].Right;
            }
        }

        return rank + _nodes[_nodes[at].Left].Size;
    }

    internal override int BestWaiting(int limit)
    {
        if (_nodes[_root].Waiting == 0)
            return -1;
        var rank = 0;
        for (var at = _root; ;)
        {
            if (rank >= limit)
                return -1;
            ref var node = ref _nodes[at];
            if (_nodes[node.Left].Waiting > 0)
            {
                at = node.Left;
                continue;
            }

            rank += _nodes[node.Left].Size;
            if (node.IsWaiting)
                return rank < limit ? node.Trial : -1;
            rank++;
            at = node.Right;
        }
    }

    internal override IReadOnlyList<(int Trial, Standing Standing)> First(int count)
    {
        var found = new List<(int, Standing)>(Math.Min(count, Count));
        var path = new Stack<int>();
        for (var at = _root; found.Count < count && (at != 0 || path.Count > 0); at = _nodes[at].Right)
        {
            for (; at != 0; at = _nodes[at].Left)
                path.Push(at);
            at = path.Pop();
            found.Add((_nodes[at].Trial, StandingOf(at)));
        }

        return found;
    }

    /// <summary>The standing at a rank, from 0.</summary>
    internal Standing StandingAt(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rank, (uint)Count, nameof(rank));
        for (var at = _root; ;)
        {
            var left = _nodes[_nodes[at].Left].Size;
            if (rank == left)
                return StandingOf(at);
            if (rank < left)
            {
                at = _nodes[at].Left;
            }
            else
            {
                rank -= left + 1;
                at = _nodes[at].Right;
            }
        }
    }

    private Standing StandingOf(int node) => new(_nodes[node].Violation, _nodes[node].Loss, default);

    private bool IsBefore(int left, int right)
    {
        ref readonly var one = ref _nodes[left];
        ref readonly var other = ref _nodes[right];
        if (one.Violation != other.Violation)
            return one.Violation < other.Violation;
        return one.Loss != other.Loss ? one.Loss < other.Loss : one.Trial < other.Trial;
    }

    // A bijection that scatters consecutive numbers (the finaliser of MurmurHash3).
    private uint Priority(int node)
    {
        var hash = (uint)_nodes[node].Trial;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    private int Insert(int root, int node)
    {
        if (root == 0)
            return node;
        if (Priority(node) > Priority(root))
        {
            Split(root, node, out _nodes[node].Left, out _nodes[node].Right);
            Sum(node);
            return node;
        }

        if (IsBefore(node, root))
            _nodes[root].Left = Insert(_nodes[root].Left, node);
        else
            _nodes[root].Right = Insert(_nodes[root].Right, node);
        Sum(root);
        return root;
    }

    /// <summary>Parts a tree into what comes before a node and what comes after it.</summary>
    private void Split(int root, int node, out int before, out int after)
    {
        if (root == 0)
        {
            before = after = 0;
            return;
        }

        if (IsBefore(root, node))
        {
            Split(_nodes[root].Right, node, out _nodes[root].Right, out after);
            before = root;
        }
        else
        {
            Split(_nodes[root].Left, node, out before, out _nodes[root].Left);
            after = root;
        }

        Sum(root);
    }

    private int Without(int root, int node)
    {
        if (root == node)
            return Join(_nodes[node].Left, _nodes[node].Right);
        if (IsBefore(node, root))
            _nodes[root].Left = Without(_nodes[root].Left, node);
        else
            _nodes[root].Right = Without(_nodes[root].Right, node);
        Sum(root);
        return root;
    }

    private int Join(int before, int after)
    {
        if (before == 0 || after == 0)
            return before + after;
        if (Priority(before) > Priority(after))
        {
            _nodes[before].Right = Join(_nodes[before].Right, after);
            Sum(before);
            return before;
        }

        _nodes[after].Left = Join(before, _nodes[after].Left);
        Sum(after);
        return after;
    }

    private void Sum(int root)
    {
        ref var node = ref _nodes[root];
        ref readonly var left = ref _nodes[node.Left];
        ref readonly var right = ref _nodes[node.Right];
        node.Size = left.Size + right.Size + 1;
        node.Waiting = left.Waiting + right.Waiting + (node.IsWaiting ? 1 : 0);
    }

    private struct Node
    {
        internal double Violation;
        internal double Loss;
        internal int Trial;
        internal int Left;
        internal int Right;
        internal int Size;
        internal int Waiting;
        internal bool IsWaiting;
    }
}
