package dev.pawl.samples.matroska;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a media file, as {@code mkvmerge --identify} describes them.
 *
 * @param isRecognized whether it is of a type that mkvmerge can read
 * @param type the type of the file; empty when it is not recognized
 * @param isPlaylist whether it names other files that hold the tracks
 * @param tracks its tracks in the file's order
 * @param attachments the ids of its attachments, as mkvextract takes them
 */
record Identification(
        boolean isRecognized, String type, boolean isPlaylist, List<Track> tracks, List<Integer> attachments) {

    /**
     * A track.
     *
     * @param id its number by which the programs know it, from 0
     * @param type {@code video}, {@code audio}, {@code subtitles} or {@code buttons}
     * @param language its ISO 639-2 code
     * @param languageTag its IETF BCP 47 tag
     */
    record Track(
            int id,
            String type,
            String codec,
            String codecId,
            @Nullable String language,
            @Nullable String languageTag,
            @Nullable String name,
            boolean isDefault) {

        boolean isIn(String wanted) {
            return wanted.equals(language) || wanted.equals(languageTag);
        }

        Map<String, Object> result() {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", id);
            result.put("type", type);
            result.put("codec", codec);
            if (language != null) {
                result.put("language", language);
            }
            if (name != null) {
                result.put("name", name);
            }
            result.put("default", isDefault);
            return result;
        }
    }

    Identification {
        tracks = List.copyOf(tracks);
        attachments = List.copyOf(attachments);
    }

    /** Reads the JSON that mkvmerge writes. */
    static Identification of(Map<String, Object> json) {
        Map<?, ?> container = object(json.get("container"));
        List<Track> tracks = new ArrayList<>();
        for (Object track : list(json.get("tracks"))) {
            tracks.add(track(object(track)));
        }
        List<Integer> attachments = new ArrayList<>();
        for (Object attachment : list(json.get("attachments"))) {
            attachments.add(number(object(attachment).get("id")));
        }
        String type = text(container.get("type"));
        return new Identification(
                Boolean.TRUE.equals(container.get("recognized")) && Boolean.TRUE.equals(container.get("supported")),
                type == null ? "" : type,
                Boolean.TRUE.equals(object(container.get("properties")).get("playlist")),
                tracks,
                attachments);
    }

    /** Whether it is of the type that mkvextract can read. */
    boolean isMatroska() {
        return type.equals("Matroska") || type.equals("WebM");
    }

    /** The track of an id. */
    Optional<Track> track(int id) {
        return tracks.stream().filter(track -> track.id() == id).findFirst();
    }

    /** The tracks in words, for an error. */
    String summary() {
        if (tracks.isEmpty()) {
            return "no tracks";
        }
        List<String> words = new ArrayList<>();
        for (Track track : tracks) {
            words.add(
                    track.id() + " (" + track.type() + (track.language() == null ? "" : ", " + track.language()) + ")");
        }
        return (words.size() == 1 ? "the track " : "the tracks ") + String.join(", ", words);
    }

    private static Track track(Map<?, ?> json) {
        Map<?, ?> properties = object(json.get("properties"));
        return new Track(
                number(json.get("id")),
                String.valueOf(json.get("type")),
                String.valueOf(json.get("codec")),
                String.valueOf(properties.get("codec_id")),
                text(properties.get("language")),
                text(properties.get("language_ietf")),
                text(properties.get("track_name")),
                Boolean.TRUE.equals(properties.get("default_track")));
    }

    private static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object json) {
        return json instanceof List<?> list ? list : List.of();
    }

    private static int number(@Nullable Object json) {
        return json instanceof Number number ? number.intValue() : -1;
    }

    private static @Nullable String text(@Nullable Object json) {
        return json == null ? null : json.toString();
    }
}
