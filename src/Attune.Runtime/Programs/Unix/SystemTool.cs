using System.Diagnostics;

namespace Attune.Programs.Unix;

/// <summary>Runs a small tool of the system for what it prints.</summary>
internal static class SystemTool
{
    /// <returns>The standard output; empty when the tool is missing.</returns>
    public static string Read(string path, params ReadOnlySpan<string> arguments)
    {
        var info = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        info.Environment["LC_ALL"] = "C";
        info.Environment["TZ"] = "UTC";
        try
        {
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
