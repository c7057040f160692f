package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes an archive of a folder or a database: writes it, reads it back, gives it its name, and then removes those that no rule keeps. A run
 * that was killed while it wrote begins again; one that was killed later goes on.
 */
final class BackupAction implements Action {

    private final TaskContext task;
    private final BackupInputs inputs;
    private final @Nullable Path folder;
    private final @Nullable DatabaseDump dump;
    private final Exclusions exclusions;
    private final Path target;
    private final Series series;
    private final Path archive;

    private BackupAction(
            TaskContext task,
            BackupInputs inputs,
            @Nullable Path folder,
            @Nullable DatabaseDump dump,
            Path target,
            Series series)
            throws ValidationException {
        this.task = task;
        this.inputs = inputs;
        this.folder = folder;
        this.dump = dump;
        this.exclusions = Exclusions.of(inputs.exclude() == null ? List.of() : inputs.exclude());
        this.target = target;
        this.series = series;
        this.archive = series.file(task.startTime().truncatedTo(ChronoUnit.SECONDS));
    }

    static BackupAction of(TaskContext task, BackupInputs inputs) throws ValidationException {
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        others.put("archive", inputs.archive());
        others.put("into", inputs.into());
        NamedInputs.refuse("backup", others);
        requireOneSource(inputs);
        if (!inputs.onProblem().equals("warn") && !inputs.onProblem().equals("fail")) {
            throw new ValidationException("on_problem is \"" + inputs.onProblem() + "\"; it takes warn or fail.");
        }
        if (!inputs.verify() && !Retention.of(inputs).isEmpty()) {
            throw new ValidationException(
                    "verify is false; with keep_last, keep_daily, keep_weekly or keep_monthly it must be true, since no archive is deleted for one that may be damaged.");
        }
        NamedFiles files = NamedInputs.files(task);
        Path target = files.targetFolder("target", NamedInputs.required("backup", "target", inputs.target()));
        Path folder = inputs.folder() == null ? null : files.sourceFolder("folder", inputs.folder());
        if (folder != null && target.startsWith(folder)) {
            throw new ValidationException(
                    "target is \"" + inputs.target()
                            + "\", which lies in the folder to back up, so that each archive would contain the former ones; give another folder.");
        }
        Series series = Series.of(task, target, NamedInputs.required("backup", "name", inputs.name()));
        BackupAction action = new BackupAction(task, inputs, folder, dump(task, inputs, files), target, series);
        files.target("target", action.archive.toString(), false);
        return action;
    }

    private static void requireOneSource(BackupInputs inputs) throws ValidationException {
        int sources = (inputs.folder() == null ? 0 : 1)
                + (inputs.sqlite() == null ? 0 : 1)
                + (inputs.postgres() == null ? 0 : 1);
        if (sources != 1) {
            throw new ValidationException(
                    "Give one of folder, sqlite and postgres; " + sources + " of them are given.");
        }
        if (inputs.exclude() != null && inputs.folder() == null) {
            throw new ValidationException("exclude is given, which is for a folder alone.");
        }
    }

    private static @Nullable DatabaseDump dump(TaskContext task, BackupInputs inputs, NamedFiles files)
            throws ValidationException {
        BackupModule.Settings settings = task.settings(BackupModule.Settings.class);
        if (inputs.sqlite() != null) {
            return DatabaseDump.sqlite(files.source("sqlite", inputs.sqlite()), settings);
        }
        return inputs.postgres() == null ? null : DatabaseDump.postgres(inputs.postgres(), settings);
    }

    @Override
    public void run() throws IOException, InterruptedException, RunException {
        if (!WholeFile.finish(task, archive)) {
            if (!task.checkpoint("written", false) || !Files.exists(temporary())) {
                write();
            }
            if (inputs.verify()) {
                ArchiveReader.Contents contents = new ArchiveReader(
                                task,
                                temporary(),
                                archive.toString(),
                                task.workDir().resolve("read.sha256"))
                        .read(ArchiveReader.NOBODY, new Share(task, "verify", 60, 99));
                task.info("The archive was read back and compared: " + contents.entries()
                        + " entries are as they were read.");
            }
            WholeFile.resume(task, archive).publish();
        }
        if (inputs.verify()) {
            Series.note(task, archive);
        }
        List<String> deleted = deleteExpired();
        report(deleted);
    }

    private Path temporary() {
        return WholeFile.resume(task, archive).temporary();
    }

    private void write() throws IOException, InterruptedException, RunException {
        Path temporary = WholeFile.of(task, archive).temporary();
        Problems problems = new Problems(task, inputs.onProblem().equals("fail"));
        Path list = task.workDir().resolve(Manifest.NAME);
        Path dumped = dump == null ? null : dump.make(task, task.workDir());
        long total = dumped == null ? size() : Files.size(dumped);
        Share share = new Share(task, "write", 0, 60);
        try (ArchiveWriter writer = new ArchiveWriter(
                temporary, list, task, problems, bytes -> share.report((double) bytes / Math.max(1, total)))) {
            if (dumped != null) {
                writer.add(dumped, String.valueOf(dumped.getFileName()), attributes(dumped));
            } else if (folder != null) {
                new FolderWalk(folder, task, exclusions, problems)
                        .walk((path, relative, attributes) -> writer.add(path, relative.toString(), attributes));
            }
            writer.finish(task.startTime());
            save(writer, temporary, problems);
        }
        if (dumped != null) {
            Files.deleteIfExists(dumped);
        }
    }

    private void save(ArchiveWriter writer, Path temporary, Problems problems) throws IOException {
        try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("written", true);
        values.put("entries", writer.entries());
        values.put("bytes", writer.bytes());
        values.put("warnings", problems.count());
        task.checkpoint(values);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The size of all files, for the progress alone: problems are reported when the files are read. */
    private long size() throws RunException {
        long[] total = new long[1];
        if (folder != null) {
            new FolderWalk(folder, task, exclusions, Problems.silent(task))
                    .walk((path, relative, attributes) ->
                            total[0] += attributes.isRegularFile() ? attributes.size() : 0);
        }
        return total[0];
    }

    private List<String> deleteExpired() throws IOException {
        TreeMap<Instant, Path> verified = new TreeMap<>();
        for (Map.Entry<Instant, Path> entry : series.archives().entrySet()) {
            if (series.isNoted(entry.getValue())) {
                verified.put(entry.getKey(), entry.getValue());
            }
        }
        List<String> deleted = new ArrayList<>();
        for (Instant expired : Retention.of(inputs).expired(verified.keySet())) {
            Path path = verified.get(expired);
            if (path != null && !path.equals(archive)) {
                series.delete(path);
                deleted.add(path.toString());
                task.info("Deleted " + path + ", which no rule keeps.");
            }
        }
        return deleted;
    }

    private void report(List<String> deleted) throws IOException {
        long warnings = task.checkpoint("warnings", 0L);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("output_file", archive.toString());
        result.put("archive_bytes", Files.size(archive));
        result.put("entries", task.checkpoint("entries", 0L));
        result.put("bytes", task.checkpoint("bytes", 0L));
        result.put("warnings", warnings);
        result.put("verified", inputs.verify());
        result.put("deleted", deleted);
        task.progress(100, Map.of("step", "done"));
        task.info("Wrote " + archive
                + (warnings == 0 ? "." : ", with " + warnings + " warnings about files that are not as they were."));
        task.emit(result);
    }

    @Override
    public void cleanUp() throws IOException {
        WholeFile.removeLeftover(task, archive);
    }

    @Override
    public String failure() {
        return "The backup to " + target + " failed";
    }
}
