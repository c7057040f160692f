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
 * Moves what there is aside and what was unpacked into its place. A file in the data folder says how far it is from before the first move
 * until after the last, so that one that was killed is brought to its end: it can always go on, since all it needs is on disk, and
 * each move can be done again.
 */
public final class DataReplacement {

    /** The launcher looks for it. */
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
     * Prepares one.
     *
     * @param unpacked the name of the folder in the data folder that has what is to be there
     * @param aside the name of the one that takes what is there
     * @param beforeStep is called before each step
     */
    DataReplacement(Path database, Path data, String unpacked, String aside, Runnable beforeStep) {
        this.database = database;
        this.data = data;
        this.unpacked = unpacked;
        this.aside = aside;
        this.beforeStep = beforeStep;
    }

    /** Where what was there is. */
    Path aside() {
        return data.resolve(aside);
    }

    public static boolean isUnfinished(Path data) {
        return Files.exists(data.resolve(MARK));
    }

    /** One that was begun and killed. */
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

    /** From here on it will be done, whatever happens. */
    void begin() throws IOException {
        mark(Stage.ASIDE);
    }

    /** Does what is left to do. */
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

    /** Where there is nothing to move any more it was moved already. The database may be on a disk of its own, and is copied then. */
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
