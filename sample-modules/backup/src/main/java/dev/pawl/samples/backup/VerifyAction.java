package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an archive and compares it with its manifest. */
final class VerifyAction implements Action {

    private final TaskContext task;
    private final Path archive;

    private VerifyAction(TaskContext task, Path archive) {
        this.task = task;
        this.archive = archive;
    }

    static VerifyAction of(TaskContext task, BackupInputs inputs) throws ValidationException {
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        others.put("folder", inputs.folder());
        others.put("sqlite", inputs.sqlite());
        others.put("postgres", inputs.postgres());
        others.put("into", inputs.into());
        NamedInputs.refuse("verify", others);
        return new VerifyAction(task, NamedInputs.archive(task, inputs));
    }

    @Override
    public void run() throws IOException, RunException {
        ArchiveReader.Contents contents = new ArchiveReader(
                        task, archive, archive.toString(), task.workDir().resolve("read.sha256"))
                .read(ArchiveReader.NOBODY, new Share(task, "verify", 0, 99));
        Series.note(task, archive);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("archive", archive.toString());
        result.put("archive_bytes", Files.size(archive));
        result.put("entries", contents.entries());
        result.put("bytes", contents.bytes());
        result.put("verified", true);
        task.info("The archive " + archive + " is sound: " + contents.entries() + " entries, " + contents.bytes()
                + " bytes.");
        task.progress(100, result);
        task.emit(result);
    }

    @Override
    public void cleanUp() {}

    @Override
    public String failure() {
        return "The archive " + archive + " could not be verified";
    }
}
