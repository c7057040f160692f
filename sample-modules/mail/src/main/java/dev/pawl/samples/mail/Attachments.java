package dev.pawl.samples.mail;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.samples.mail.MailModule.Attachment;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files that a mail carries: artifacts of its job, and files in the module's roots. */
final class Attachments {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+\\-]+/[a-z0-9.+\\-]+");
    private static final int MOST_NAMED = 20;

    private final TaskContext task;
    private final NamedFiles files;
    private final Path artifacts;

    Attachments(TaskContext task) throws ValidationException {
        this.task = task;
        this.files = NamedFiles.of(task, task.settings(MailSettings.class).root());
        this.artifacts = task.workDir().resolve("artifacts");
    }

    /** Checks what can be checked before earlier tasks have made them. */
    void check(List<Attachment> attachments) throws ValidationException {
        for (int n = 0; n < attachments.size(); n++) {
            String input = "attachments[" + n + "]";
            Attachment attachment = attachments.get(n);
            if ((attachment.file() == null) == (attachment.artifact() == null)) {
                throw new ValidationException(input + " takes either file or artifact.");
            }
            if (attachment.name() != null) {
                SafeText.check(input + ".name", attachment.name());
            }
            if (attachment.type() != null && !TYPE.matcher(attachment.type()).matches()) {
                throw new ValidationException(input + ".type is \"" + attachment.type()
                        + "\"; it takes a media type, such as application/pdf.");
            }
            if (attachment.file() != null) {
                files.source(input + ".file", attachment.file());
            } else {
                artifact(input, Objects.requireNonNull(attachment.artifact()));
            }
        }
    }

    /** The files, which are there now. */
    List<AttachedFile> find(List<Attachment> attachments) throws ValidationException, RunException, IOException {
        List<AttachedFile> found = new ArrayList<>();
        for (int n = 0; n < attachments.size(); n++) {
            String input = "attachments[" + n + "]";
            Attachment attachment = attachments.get(n);
            found.add(
                    attachment.file() != null
                            ? file(input, attachment, attachment.file())
                            : madeArtifact(input, attachment, Objects.requireNonNull(attachment.artifact())));
        }
        return found;
    }

    private AttachedFile file(String input, Attachment attachment, String name)
            throws ValidationException, RunException {
        Path path = files.source(input + ".file", name);
        if (!files.isThere(path)) {
            throw new RunException(input + ".file is \"" + name + "\", which no earlier task of the job has made.");
        }
        return attached(attachment, path, task.files()::real);
    }

    private AttachedFile madeArtifact(String input, Attachment attachment, String name)
            throws ValidationException, RunException, IOException {
        Path path = artifact(input, name);
        if (!Files.isRegularFile(path) || !path.toRealPath().startsWith(artifacts.toRealPath())) {
            throw new RunException(input + ".artifact is \"" + name
                    + "\", which no earlier task of the job has made; there are " + made() + ".");
        }
        return attached(attachment, path.toRealPath(), Path::toRealPath);
    }

    private Path artifact(String input, String name) throws ValidationException {
        Path path;
        try {
            path = artifacts.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new ValidationException(input + ".artifact is no path: " + e.getReason() + ".", e);
        }
        if (!path.startsWith(artifacts) || path.equals(artifacts)) {
            throw new ValidationException(input + ".artifact is \"" + name
                    + "\"; it takes the name of an artifact, a path relative to the job's artifacts.");
        }
        return path;
    }

    private String made() throws IOException {
        if (!Files.isDirectory(artifacts)) {
            return "none";
        }
        try (Stream<Path> all = Files.walk(artifacts)) {
            List<String> names = all.filter(Files::isRegularFile)
                    .map(path -> artifacts.relativize(path).toString())
                    .sorted()
                    .limit(MOST_NAMED)
                    .toList();
            return names.isEmpty() ? "none" : String.join(", ", names);
        }
    }

    private static AttachedFile attached(Attachment attachment, Path path, AttachedFile.Check check) {
        String name = attachment.name() != null
                ? attachment.name()
                : String.valueOf(path.getFileName()).replaceAll("\\p{Cntrl}", "_");
        return new AttachedFile(path, check, name, type(attachment.type(), name));
    }

    private static String type(@Nullable String given, String name) {
        if (given != null) {
            return given;
        }
        String guessed = URLConnection.getFileNameMap().getContentTypeFor(name);
        return guessed == null || guessed.startsWith("message/") || guessed.startsWith("multipart/")
                ? "application/octet-stream" // a mail in a mail must not be encoded (RFC 2046, 5.2.1)
                : guessed;
    }
}
