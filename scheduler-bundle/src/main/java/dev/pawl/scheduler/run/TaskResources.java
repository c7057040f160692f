package dev.pawl.scheduler.run;

import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.service.store.DocumentStore;

/** Documents, files and work folders that a task reaches through its context. */
public record TaskResources(DocumentStore documents, FileRoots fileRoots, WorkDirs workDirs) {}
