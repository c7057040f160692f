package dev.pawl.service.trace;

import dev.pawl.service.job.Phase;
import java.time.Duration;

/**
 * The time of one phase of a task.
 *
 * @param taskIndex the task's place in the job, from 0
 * @param phase the phase
 * @param began the time from the beginning of the run to its beginning
 * @param took its duration
 */
public record PhaseTime(int taskIndex, Phase phase, Duration began, Duration took) {}
