package dev.pawl.deploy.artifact;

import java.nio.file.Path;

/**
 * A copy of an incoming jar in a folder to which only the server writes.
 *
 * @param file the copy
 * @param sha256 its digest, as 64 lower-case hexadecimal digits
 */
public record StagedJar(Path file, String sha256) {}
