package dev.pawl.samples.matroska;

import java.nio.file.Path;

/**
 * The two files of a VobSub track, an index and the pictures. The programs are given the name of one of them and take that of the other from it: its
 * ending replaced, or, when it has none, all that follows the first dot of a hidden name.
 */
final class VobSub {

    static final String TYPE = "VobSub";

    private static final String CODEC = "S_VOBSUB";
    private static final String INDEX = ".idx";
    private static final String PICTURES = ".sub";

    private VobSub() {}

    static boolean is(Identification.Track track) {
        return track.codecId().equals(CODEC);
    }

    /** The name of the index for a track whose file is to have that name. */
    static String index(String filename) {
        return withoutEnding(filename) + INDEX;
    }

    /** The name of the pictures for a track whose file is to have that name. */
    static String pictures(String filename) {
        return withoutEnding(filename) + PICTURES;
    }

    /** The pictures of an index. */
    static Path pictures(Path index) {
        return index.resolveSibling(pictures(String.valueOf(index.getFileName())));
    }

    private static String withoutEnding(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot > filename.lastIndexOf('/') + 1 ? filename.substring(0, dot) : filename;
    }
}
