using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Writing;

/// <summary>A request made of two functions.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="decide">Reads and decides.</param>
/// <param name="write">Writes, knowing what was decided.</param>
internal sealed class WriteFunction<T>(Func<Database, T> decide, Func<Database, T, T> write) : WriteRequest<T>
{
    internal override void Decide(Database database) => Result = decide(database);

    internal override void Write(Database database) => Result = write(database, Result);
}
