using Attune.Journals;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Writing;

/// <summary>An append to one journal.</summary>
internal sealed class AppendRequest(StudyWriter study, ChangeSignal changes, long after, AppendDecision decide) : WriteRequest<long>
{
    internal override void Decide(Database database) => Result = study.Decide(database, after, decide);

    internal override void Write(Database database) => study.Write(database);

    internal override void Complete()
    {
        study.Commit();
        changes.Signal();
        base.Complete();
    }

    internal override void Undo() => study.Undo();
}
