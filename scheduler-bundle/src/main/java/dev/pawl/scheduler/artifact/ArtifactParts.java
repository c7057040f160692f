package dev.pawl.scheduler.artifact;

import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.JobStore;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The parts that deal with artifacts.
 *
 * @param keeper takes them over
 * @param upkeep removes them
 * @param service shows them
 */
public record ArtifactParts(ArtifactKeeper keeper, ArtifactUpkeep upkeep, StoredArtifacts service) {

    /**
     * Assembles them.
     *
     * @param root the folder of all files
     * @param mostBytes the greatest size of all artifacts together
     */
    public static ArtifactParts in(Path root, JobStore jobs, ArtifactStore store, InstantSource clock, long mostBytes) {
        ArtifactFolders folders = new ArtifactFolders(root);
        ArtifactContents contents = new ArtifactContents(folders, store);
        ArtifactKeeper keeper = new ArtifactKeeper(folders, contents, store, clock, mostBytes);
        return new ArtifactParts(
                keeper,
                new ArtifactUpkeep(folders, contents, store, keeper, mostBytes),
                new StoredArtifacts(new JobLookup(jobs), store, contents));
    }
}
