package dev.pawl.samples.mail;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.samples.mail.MailModule.Attachment;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the files that a mail carries: artifacts of its job, and files in the module's roots. */
final class Attachments {

    private static final Pattern TYPE = Pattern.compile("(?!multipart/|message/)[a-z0-9.+\\-]+/[a-z0-9.+\\-]+");
    private static final int MOST_NAMED = 20;

    private final TaskContext task;
    private final NamedFiles files;

    Attachments(TaskContext task) throws ValidationException {
        this.task = task;
        this.files = NamedFiles.of(task, task.settings(MailSettings.class).root());
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
                        + "\"; it takes the media type of a file, such as application/pdf.");
            }
            if (attachment.file() != null) {
                files.source(input + ".file", attachment.file());
            } else {
                requireName(input, Objects.requireNonNull(attachment.artifact()));
            }
        }
    }

    /** The files, which are there now. */
    List<AttachedFile> find(List<Attachment> attachments) throws ValidationException, RunException {
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
        return attached(attachment, path, task.files()::real, String.valueOf(path.getFileName()));
    }

    private AttachedFile madeArtifact(String input, Attachment attachment, String name) throws RunException {
        Map<String, Path> made = task.artifacts();
        Path path = made.get(name);
        if (path == null) {
            String names = made.keySet().stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            throw new RunException(input + ".artifact is \"" + name
                    + "\", which no earlier task of the job has made; there are "
                    + (names.isEmpty() ? "none" : names) + ".");
        }
        return attached(attachment, path, last -> last, name.substring(name.lastIndexOf('/') + 1));
    }

    private static void requireName(String input, String name) throws ValidationException {
        if (name.isBlank() || name.startsWith("/") || List.of(name.split("/")).contains("..")) {
            throw new ValidationException(input + ".artifact is \"" + name
                    + "\"; it takes the name of an artifact, a path relative to the job's artifacts.");
        }
    }

    private static AttachedFile attached(Attachment attachment, Path path, AttachedFile.Check check, String fileName) {
        String name = attachment.name() != null ? attachment.name() : fileName.replaceAll("\\p{Cc}", "_");
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
