package dev.pawl.service.store;

import java.nio.file.Path;

/**
 * What a backup holds.
 *
 * @param file where it is
 * @param bytes how long it is
 * @param artifacts how many bundles of modules are in it
 */
public record BackupReport(Path file, long bytes, int artifacts) {}
