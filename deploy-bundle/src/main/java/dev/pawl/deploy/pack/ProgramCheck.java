package dev.pawl.deploy.pack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Checks that there is the program by which a manifest says that its module runs. */
final class ProgramCheck {

    private static final int FIRST_LINE = 256;
    private static final String ELF = "\u007fELF";

    private ProgramCheck() {}

    /** Throws a problem that says what is missing. */
    static void check(FolderManifest manifest, FileSet files) throws IOException {
        if (manifest.runtime().equals("SISYPHUS")) {
            requireClass(manifest.entrypoint(), files);
            return;
        }
        if (manifest.command().isEmpty()) {
            require(manifest.entrypoint(), "entrypoint", files);
            return;
        }
        String program = manifest.command().get(0);
        if (program.startsWith("/")) {
            if (!Files.isExecutable(Path.of(program))) {
                throw FolderManifest.refusal(
                        "its command begins with " + program + ", which is no program on this machine");
            }
        } else if (program.contains("/")) {
            String name = program.startsWith("./") ? program.substring(2) : program;
            require(name, "command", files);
            checkFirstLine(name, files);
        } else if (!isOnPath(program)) {
            throw FolderManifest.refusal("its command begins with " + program
                    + ", which is not on the server's PATH; install it, or begin with ./ for a file of the module"
                    + slashes(program));
        }
    }

    /** A class as {@code package.module.Class}; the module may be a package itself. */
    private static void requireClass(String entrypoint, FileSet files) {
        int dot = entrypoint.lastIndexOf('.');
        String module = dot < 0 ? "" : entrypoint.substring(0, dot).replace('.', '/');
        if (!files.names().contains(module + ".py") && !files.names().contains(module + "/__init__.py")) {
            throw FolderManifest.refusal("its entrypoint is " + entrypoint
                    + "; with the runtime sisyphus it names a class of the folder, such as modules.cool.CoolModule in"
                    + " modules/cool.py");
        }
    }

    private static void require(String name, String field, FileSet files) {
        if (!files.names().contains(name)) {
            throw FolderManifest.refusal(
                    "its " + field + " names " + name + ", and there is no such file" + slashes(name));
        }
    }

    private static String slashes(String name) {
        return name.contains("\\") ? "; names of folders and files are parted by /" : "";
    }

    /** A file runs by itself when its first line names its interpreter, or it is a program of Linux: what archives say of it does not count. */
    private static void checkFirstLine(String name, FileSet files) throws IOException {
        String begin;
        try (InputStream in = files.open(name)) {
            begin = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
        }
        if (begin.startsWith(ELF)) {
            return;
        }
        String line = begin.lines().findFirst().orElse("");
        if (!line.startsWith("#!")) {
            throw FolderManifest.refusal("its command " + name
                    + " is no program: its first line does not say what runs it, such as #!/bin/sh; add that line, or"
                    + " begin the command with the program that runs it");
        }
        if (begin.startsWith(line + "\r\n")) { // Linux says "not found" of the script then
            throw FolderManifest.refusal(
                    "its command " + name
                            + " has lines that end as on Windows, by which its first line names no program; save it with Unix line ends");
        }
        List<String> words =
                Pattern.compile("\\s+").splitAsStream(line.substring(2).strip()).toList();
        String interpreter = words.isEmpty() ? "" : words.get(0);
        boolean found = interpreter.startsWith("/") && Files.isExecutable(Path.of(interpreter));
        if (found && interpreter.endsWith("/env") && words.size() == 2) {
            interpreter = words.get(1);
            found = isOnPath(interpreter);
        }
        if (!found) {
            throw FolderManifest.refusal("the first line of its command " + name + " names " + interpreter
                    + ", and there is no such program on this machine; install it, or correct the line");
        }
    }

    private static boolean isOnPath(String program) {
        for (String folder :
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1)) {
            if (folder.startsWith(File.separator) && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
