package dev.pawl.service.store;

import java.nio.file.Path;

/**
 * The report on a finished backup.
 *
 * @param file its path
 * @param bytes its size
 * @param artifacts the number of module bundles in it
 */
public record BackupReport(Path file, long bytes, int artifacts) {}
