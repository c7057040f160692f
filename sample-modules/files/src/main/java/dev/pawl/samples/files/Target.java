package dev.pawl.samples.files;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Determines the target of a copy or move by the rules of {@code cp} and {@code mv}: within a destination that is a folder, else under the
 * destination's name, in an existing folder. A file or link of that name is replaced; a folder never is.
 */
final class Target {

    private Target() {}

    /**
     * The name the source will have, in the real path of its folder.
     *
     * @throws RunException when something is missing or cannot be replaced
     */
    static Path of(Step step, Reach reach) throws IOException, RunException {
        Path source = step.source();
        check(step, reach);
        if (!Files.exists(source)) {
            throw new RunException(
                    Files.isSymbolicLink(source)
                            ? "The source " + source + " is a link that leads nowhere."
                            : "The source " + source + " does not exist.");
        }
        if (step.action() == Step.Action.MOVE && Files.isSymbolicLink(source) && Files.isDirectory(source)) {
            throw new RunException("The source " + source
                    + " is a link to a folder, which is not moved; name the folder itself, or delete the link.");
        }
        Path destination = step.destination();
        Path target = reach.entry(
                Files.isDirectory(destination)
                        ? reach.real(destination).resolve(Objects.requireNonNull(source.getFileName()))
                        : destination);
        Path folder = folderOf(target);
        if (!Files.isDirectory(folder)) {
            throw new RunException("The folder " + folder + " of the destination " + destination + " does not exist.");
        }
        if (Files.exists(target) && Files.isSameFile(source, target)) {
            throw new RunException("The source " + source + " and the destination " + target + " are the same.");
        }
        boolean wholeFolder = Files.isDirectory(source);
        if (wholeFolder && folder.toRealPath().startsWith(source.toRealPath())) {
            throw new RunException("The destination " + target + " lies inside the source " + source + ".");
        }
        refuseToReplaceFolder(target, wholeFolder);
        return target;
    }

    /** Refuses a step before anything about its files is revealed; they need not exist. */
    static void check(Step step, Reach reach) throws IOException {
        switch (step.action()) {
            case COPY -> {
                reach.real(step.source());
                checkDestination(step, reach);
            }
            case MOVE -> {
                reach.entry(step.source());
                reach.real(step.source());
                checkDestination(step, reach);
            }
            case DELETE -> reach.entry(step.source());
        }
    }

    /** A link that is replaced may lead anywhere, a folder that is filled may not. */
    private static void checkDestination(Step step, Reach reach) throws IOException {
        try {
            reach.real(step.destination());
        } catch (FileRefusedException refused) {
            Path replaced = reach.entry(step.destination());
            if (!Files.isSymbolicLink(replaced) || Files.isDirectory(replaced)) {
                throw refused;
            }
        }
    }

    /** The folder that holds a file of that name. */
    static Path folderOf(Path target) {
        return Objects.requireNonNull(target.getParent(), "an absolute path with a name lies in a folder");
    }

    private static void refuseToReplaceFolder(Path target, boolean byFolder) throws RunException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RunException("The destination " + target + " is a folder, which is not replaced.");
        }
        if (byFolder && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RunException("The destination " + target + " is a file, which no folder replaces.");
        }
    }
}
