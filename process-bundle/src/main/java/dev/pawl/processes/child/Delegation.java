package dev.pawl.processes.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the hierarchy of control groups, version 2, that was given to the server's user, as the kernel's documentation of cgroup v2
 * calls delegation. A group is somebody else's unless it says that it is ours: systemd and users count on it.
 *
 * @param folder the group in which the server may make others; null when there is none
 * @param reason why there is none, as the end of a sentence; empty when there is one
 */
record Delegation(@Nullable Path folder, String reason) {

    /** The name of the group for the server's own processes, where the others are beside it. */
    static final String OF_SERVER = "server";

    private static final String KIND = "cgroup2";
    private static final int ROOT_OF_MOUNT = 3; // places in a line of mountinfo (proc(5))
    private static final int MOUNT_POINT = 4;
    private static final String HIERARCHY = "0::";
    private static final String MARK = "delegate";

    /** The answer when there are to be no groups. */
    static Delegation none(String reason) {
        return new Delegation(null, reason);
    }

    /** Looks at the group in which the server is now; moves nothing. */
    static Delegation ofThisProcess() {
        try {
            return of(Path.of("/proc/self"));
        } catch (IOException | RuntimeException noLinux) {
            return none("this system shows no control groups");
        }
    }

    private static Delegation of(Path self) throws IOException {
        Optional<String[]> mount = Files.readAllLines(self.resolve("mountinfo")).stream()
                .filter(line -> line.contains(" - " + KIND + " "))
                .map(line -> line.split(" ", -1))
                .findFirst();
        Optional<String> group = Files.readAllLines(self.resolve("cgroup")).stream()
                .filter(line -> line.startsWith(HIERARCHY))
                .map(line -> line.substring(HIERARCHY.length()))
                .findFirst();
        if (mount.isEmpty() || group.isEmpty()) {
            return none("this system has no control groups of version 2");
        }
        String root = mount.get()[ROOT_OF_MOUNT];
        String inside = group.get();
        if (!root.equals("/") && inside.startsWith(root)) {
            inside = inside.substring(root.length());
        }
        Path folder = Path.of(mount.get()[MOUNT_POINT], inside).normalize();
        int user = (Integer) Files.getAttribute(self, "unix:uid");
        Path parent = folder.getParent();
        Path top = Path.of(mount.get()[MOUNT_POINT]);
        if (parent != null && OF_SERVER.equals(String.valueOf(folder.getFileName())) && isGiven(parent, top, user)) {
            return of(parent, top, user); // systemd has begun it in there, or an earlier server was moved there
        }
        return of(folder, top, user);
    }

    private static Delegation of(Path folder, Path top, int user) {
        if (!isGiven(folder, top, user)) {
            return none("its control group was not delegated to the server's user");
        }
        if (!Files.exists(folder.resolve("cgroup.kill"))) {
            return none("the kernel is older than 5.14");
        }
        return new Delegation(folder, "");
    }

    /**
     * Whether the user may divide the group. Root must be told so, since the kernel lets it do everything: by systemd's mark, or in a
     * container, which sees as the top what is all its own.
     */
    private static boolean isGiven(Path folder, Path top, int user) {
        boolean writable =
                List.of(folder, folder.resolve("cgroup.procs"), folder.resolve("cgroup.subtree_control")).stream()
                        .allMatch(Files::isWritable);
        if (!writable || !Files.exists(folder.resolve("cgroup.type"))) { // the root of all has no type
            return false;
        }
        try {
            return user == 0
                    ? folder.equals(top) || isMarked(folder)
                    : Files.getAttribute(folder, "unix:uid").equals(user);
        } catch (IOException e) {
            return false;
        }
    }

    /** The mark that systemd sets. */
    private static boolean isMarked(Path folder) {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(folder, UserDefinedFileAttributeView.class);
        try {
            ByteBuffer value = ByteBuffer.allocate(8);
            view.read(MARK, value);
            return Arrays.equals(
                    Arrays.copyOf(value.array(), value.position()), "1".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException none) {
            return false;
        }
    }
}
