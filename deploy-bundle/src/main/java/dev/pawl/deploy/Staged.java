package dev.pawl.deploy;

import java.nio.file.Path;

/**
 * A jar as it was when somebody sent it, copied to where only we write.
 *
 * @param file the copy
 * @param sha256 its digest, as 64 lower-case hexadecimal digits
 */
record Staged(Path file, String sha256) {}
