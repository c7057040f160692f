package dev.pawl.scheduler.run;

import dev.pawl.scheduler.artifact.ArtifactKeeper;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.trace.RunTraces;
import dev.pawl.service.store.DocumentStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Documents, files, work folders and the place in a trace that a task reaches through its context.
 *
 * @param artifacts takes over the files that tasks leave in their work folders
 * @param traces knows the place of each run
 */
public record TaskResources(
        DocumentStore documents, FileRoots fileRoots, WorkDirs workDirs, ArtifactKeeper artifacts, RunTraces traces) {

    /** The files of a job's artifacts, by their paths: those that are kept, and those that are still in the work folder. */
    Map<String, Path> artifactFiles(UUID job) {
        Map<String, Path> files = new TreeMap<>(artifacts.files(job));
        if (workDirs.exists(job)) {
            files.putAll(LeftArtifacts.in(workDirs.place(job)));
        }
        return files;
    }
}
