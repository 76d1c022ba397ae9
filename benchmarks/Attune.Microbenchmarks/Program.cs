using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// A busy machine may take longer to build than the two minutes that are the default.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config)
    .Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
