using Attune.Problems;

// An evaluator as good ones are, and bad ones by name: each answers the list, then goes wrong.
const string List = """{"problems":["thing"]}""";
const string Space = """{"params":[{"name":"x","type":"float","low":0,"high":1}],"objectives":[{"name":"y","direction":"minimize"}]}""";
switch (args[0])
{
    case "serves":
        await new EvaluatorServer(Plugins.OpenProblems(Plugins.DefaultFolder)).ServeAsync(Console.In, Console.Out);
        return 0;
    case "mute":
        Console.Error.WriteLine("there is no licence");
        return 7;
    default:
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Contains("\"list\"", StringComparison.Ordinal))
                Console.WriteLine(List);
            else if (line.Contains("\"space\"", StringComparison.Ordinal))
                Console.WriteLine(args[0] == "shapeless" ? """{"params":[{"name":"x","type":"complex"}],"objectives":[]}""" : Space);
            else if (args[0] == "babbles")
                Console.WriteLine("Loading model ...");
            else if (args[0] == "forgets")
                Console.WriteLine("""{"values":{"z":1}}""");
            else if (args[0] == "refuses")
                Console.WriteLine("""{"error":"x: too hot"}""");
            else
                return 3;
        }

        return 0;
}
