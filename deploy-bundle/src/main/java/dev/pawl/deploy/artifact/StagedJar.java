package dev.pawl.deploy.artifact;

import java.nio.file.Path;

/**
 * A jar as it was when somebody sent it, copied to where only we write.
 *
 * @param file the copy
 * @param sha256 its digest, as 64 lower-case hexadecimal digits
 */
public record StagedJar(Path file, String sha256) {}
