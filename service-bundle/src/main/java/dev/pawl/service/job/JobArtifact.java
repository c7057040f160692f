package dev.pawl.service.job;

import java.time.Instant;

/**
 * A file that a task left in its job's artifacts.
 *
 * @param path its name as the task chose it, relative, with {@code /} between folders
 * @param file the name under which the server keeps it in the job's folder of artifacts; the task has no influence on it
 * @param size its size in bytes
 * @param contentType its type, by the ending of its name
 * @param sha256 the digest of its contents, 64 hexadecimal digits in lower case
 * @param taskIndex the task that left it
 * @param keptAt the time at which the server took it over
 */
public record JobArtifact(
        String path, String file, long size, String contentType, String sha256, int taskIndex, Instant keptAt) {}
