package dev.pawl.deploy.pack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Checks that there is the program by which a manifest says that its module runs. */
final class ProgramCheck {

    private static final int FIRST_LINE = 256;

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
                    + ", which is not on the server's PATH; install it, or begin with ./ for a file of the module");
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
            throw FolderManifest.refusal("its " + field + " names " + name + ", and there is no such file");
        }
    }

    /** Linux does not find the program of a first line that ends with a carriage return, and says "not found" of the script. */
    private static void checkFirstLine(String name, FileSet files) throws IOException {
        try (InputStream in = files.open(name)) {
            String begin = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
            int end = begin.indexOf('\n');
            if (begin.startsWith("#!") && end > 0 && begin.charAt(end - 1) == '\r') {
                throw FolderManifest.refusal(
                        "its command " + name
                                + " has lines that end as on Windows, by which its first line names no program; save it with Unix line ends");
            }
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
