package dev.pawl.store.sqlite.upkeep;

import dev.pawl.base.file.DurableFile;
import dev.pawl.launch.DataFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Moves the present data aside and the unpacked data into its place. From before the first move until after the last, a file in the data
 * folder marks the replacement as unfinished, so that a killed one is finished later: this is always possible, since everything is on disk
 * and each move can be repeated.
 */
public final class DataReplacement {

    /** The name of the mark file; the launcher looks for it too. */
    private static final String MARK = DataFiles.UNFINISHED_RESTORE;

    private enum Stage {
        ASIDE,
        IN_PLACE
    }

    private final Path database;
    private final Path data;
    private final String unpacked;
    private final String aside;
    private final Runnable beforeStep;
    private Stage stage = Stage.ASIDE;

    /**
     * Prepares a replacement.
     *
     * @param unpacked the name of the folder in the data folder with the new data
     * @param aside the name of the folder that receives the present data
     * @param beforeStep called before each step
     */
    DataReplacement(Path database, Path data, String unpacked, String aside, Runnable beforeStep) {
        this.database = database;
        this.data = data;
        this.unpacked = unpacked;
        this.aside = aside;
        this.beforeStep = beforeStep;
    }

    /** The folder with the former data. */
    Path aside() {
        return data.resolve(aside);
    }

    public static boolean isUnfinished(Path data) {
        return Files.exists(data.resolve(MARK));
    }

    /** The unfinished replacement of a killed process. */
    public static DataReplacement unfinished(Path database, Path data) throws IOException {
        Properties said = new Properties();
        said.load(new StringReader(Files.readString(data.resolve(MARK))));
        DataReplacement replacement = new DataReplacement(
                database,
                data,
                Objects.requireNonNull(said.getProperty("unpacked"), MARK + " names no folder"),
                Objects.requireNonNull(said.getProperty("former-data"), MARK + " names no folder"),
                () -> {});
        replacement.stage = Stage.valueOf(said.getProperty("stage"));
        return replacement;
    }

    /** Writes the mark; from here on the replacement will be completed, whatever happens. */
    void begin() throws IOException {
        mark(Stage.ASIDE);
    }

    /** Makes the remaining moves. */
    public void finish() throws IOException {
        if (stage == Stage.ASIDE) {
            Files.createDirectories(aside());
            for (String suffix : List.of("", "-wal", "-shm")) {
                move(Path.of(database + suffix), aside().resolve(Backup.DATABASE + suffix));
            }
            for (String folder : Backup.FOLDERS) {
                move(data.resolve(folder), aside().resolve(folder));
            }
            mark(Stage.IN_PLACE);
        }
        for (String folder : Backup.FOLDERS) {
            move(data.resolve(unpacked).resolve(folder), data.resolve(folder));
        }
        Files.createDirectories(Objects.requireNonNull(database.toAbsolutePath().getParent()));
        move(data.resolve(unpacked).resolve(Backup.DATABASE), database);
        beforeStep.run();
        Files.delete(data.resolve(MARK));
    }

    private void mark(Stage reached) throws IOException {
        Properties said = new Properties();
        said.setProperty("unpacked", unpacked);
        said.setProperty("former-data", aside);
        said.setProperty("stage", reached.name());
        StringWriter text = new StringWriter();
        said.store(text, null);
        Path next = data.resolve(MARK + ".next");
        Files.writeString(next, text.toString());
        DurableFile.force(next);
        beforeStep.run();
        Files.move(next, data.resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
        stage = reached;
    }

    /** Moves a file or folder, unless it was moved already. A database on another disk is copied. */
    private void move(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        beforeStep.run();
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            DurableFile.force(to);
            Files.delete(from);
        }
    }
}
