package dev.pawl.samples.matroska;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a Matroska file that is written to a file of its own.
 *
 * @param input the input that asks for it
 * @param mode the word by which mkvextract knows its kind
 * @param id the id of the track or attachment; null for chapters and tags, of which there is one set
 * @param track the track it is or is about; null for others, and while the source is not there yet
 * @param name the file to write, as the input names it
 * @param target its path
 * @param pictures the path of the second file of a VobSub track; null for all others
 */
record Extract(
        String input,
        String mode,
        @Nullable Integer id,
        Identification.@Nullable Track track,
        String name,
        Path target,
        @Nullable Path pictures) {

    static final String TRACKS = "tracks";
    static final String ATTACHMENTS = "attachments";
    static final String CHAPTERS = "chapters";
    static final String TAGS = "tags";
    static final String TIMESTAMPS = "timestamps_v2";
    static final String CUES = "cues";

    /** Whether it writes a file. */
    boolean writes(Path file) {
        return target.equals(file) || file.equals(pictures);
    }

    /** The argument that asks for it. */
    String argument(Path output) {
        return id == null ? output.toString() : id + ":" + output;
    }

    /** The result of the task for it. */
    Map<String, Object> result(long size) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("output_file", target.toString());
        result.put("size", size);
        if (pictures != null) {
            result.put("pictures_file", pictures.toString());
        }
        result.put("from", input);
        if (id != null) {
            result.put("id", id);
        }
        if (track != null && mode.equals(TRACKS)) {
            result.put("track", track.result());
        }
        return result;
    }
}
