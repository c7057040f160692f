package dev.pawl.samples.handbrake;

import dev.pawl.api.module.ValidationException;
import java.nio.file.Path;

/** Finds a file that an input names, among those that the task may read. */
@FunctionalInterface
interface FileInput {

    /** The real path of the file. */
    Path find(String input, String name) throws ValidationException;
}
