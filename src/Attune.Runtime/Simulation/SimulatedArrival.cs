using Attune.Execution;

namespace Attune.Simulation;

/// <summary>A simulated run has reported or ended.</summary>
/// <param name="Assignment">What it runs.</param>
/// <param name="Reported">What it has just reported; null when it ended otherwise: it failed, was given back or was cut.</param>
/// <param name="HasEnded">Whether it has ended, paused or failed, or was given back or cut; otherwise it goes on.</param>
public readonly record struct SimulatedArrival(Assignment Assignment, Measurement? Reported, bool HasEnded);
