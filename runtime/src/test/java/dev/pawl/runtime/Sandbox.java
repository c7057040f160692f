package dev.pawl.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs shell scripts with a PATH that has only the tools they need and the scripts of a test. */
final class Sandbox {

    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "head",
            "tail",
            "dirname",
            "readlink",
            "find",
            "mkdir",
            "rm",
            "cat",
            "sleep",
            "touch",
            "chmod");

    private final Path folder;
    private final Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    Sandbox(Path folder) throws IOException {
        this.folder = folder;
        this.bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            tool(tool, "exec " + whole(tool) + " \"$@\"");
        }
        environment.put("PATH", bin.toString());
    }

    /** The outcome of a script. */
    record Outcome(int code, String out, String err) {}

    Path folder() {
        return folder;
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Puts a script on the PATH. */
    void tool(String name, String... lines) throws IOException {
        script(bin.resolve(name), lines);
    }

    /** Creates a folder that looks like a JDK, whose {@code java} prints its arguments, one per line. */
    Path java(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        script(home.resolve("bin/java"), "for argument in \"$@\"; do echo \"$argument\"; done");
        script(home.resolve("bin/javac"), "exit 0");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Outcome run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("elsewhere")).toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Outcome(code, Files.readString(out), Files.readString(err));
    }

    private static Path whole(String tool) {
        for (String place : List.of("/bin", "/usr/bin")) {
            Path file = Path.of(place, tool);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException("This machine has no " + tool + ".");
    }
}
