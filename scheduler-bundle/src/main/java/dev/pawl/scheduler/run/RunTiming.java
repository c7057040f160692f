package dev.pawl.scheduler.run;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.scheduler.time.Timers;
import java.time.InstantSource;

/**
 * The clocks, timers and limits that every run goes by.
 *
 * @param clock gives the times that are stored
 * @param monotonic counts elapsed time, whatever the clock is set to
 */
public record RunTiming(InstantSource clock, MonotonicClock monotonic, Timers timers, RunLimits limits) {}
