package dev.pawl.samples.matroska;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of mkvmerge, by what they take. It must be known of each: mkvmerge takes whatever follows an option without a value for the name of
 * a source, so that {@code no-date} with a value would read any file of the machine. The names are those of {@code mkvmerge --help} of version
 * 74, and the older spellings that it still takes.
 */
enum MkvmergeOption {
    /** Takes nothing. */
    FLAG(
            "verbose quiet webm clusters-in-meta-seek enable-durations no-cues no-date disable-lacing disable-track-statistics-tags",
            "disable-language-ietf enable-legacy-font-mime-types no-audio noaudio no-video novideo no-subtitles no-subs nosubs no-buttons",
            "nobuttons no-attachments no-track-tags no-global-tags no-chapters flush-on-close abort-on-warnings"),

    /** Takes a text or a number. */
    VALUE(
            "title chapter-language chapter-charset chapter-sync cue-chapter-name-format default-language generate-chapters",
            "generate-chapters-name-template track-order cluster-length timestamp-scale timecode-scale normalize-language-ietf append-to",
            "append-mode attachment-description attachment-mime-type attachment-name audio-tracks atracks video-tracks vtracks",
            "subtitle-tracks sub-tracks stracks button-tracks btracks attachments track-tags priority ui-language command-line-charset",
            "probe-range-percentage deterministic engage"),

    /** Takes the id of a track, and most of them a value after it. */
    TRACK(
            "sync default-track-flag default-track forced-display-flag forced-track track-enabled-flag hearing-impaired-flag",
            "visual-impaired-flag text-descriptions-flag original-flag commentary-flag blockadd track-name cues language default-duration",
            "aac-is-sbr reduce-to-core remove-dialog-normalization-gain audio-emphasis fix-bitstream-timing-information fourcc aspect-ratio",
            "aspect-ratio-factor display-dimensions cropping field-order stereo-mode color-matrix color-matrix-coefficients",
            "color-bits-per-channel chroma-subsample cb-subsample chroma-siting color-range color-transfer-characteristics color-primaries",
            "colour-matrix colour-matrix-coefficients colour-bits-per-channel colour-range colour-transfer-characteristics colour-primaries",
            "max-content-light max-frame-light chromaticity-coordinates white-color-coordinates white-colour-coordinates max-luminance",
            "min-luminance projection-type projection-private projection-pose-yaw projection-pose-pitch projection-pose-roll sub-charset",
            "subtitle-charset compression nalu-size-length"),

    /** Takes the name of a file to read. */
    FILE("global-tags chapters segmentinfo attach-file attach-file-once"),

    /** Takes the id of a track and the name of a file to read. */
    TRACK_FILE("tags timestamps timecodes"),

    /** Takes ids of segments, or after {@code =} names of files that have them. */
    SEGMENTS("segment-uid link-to-previous link-to-next"),

    /** Writes elsewhere, or instead of muxing; a task of this module makes one file, and reads what mkvmerge says. */
    REFUSED(
            "output redirect-output output-charset gui-mode identify identification-format list-types list-languages list-audio-emphasis",
            "list-stereo-modes capabilities help version debug split split-max-files link");

    private static final Map<String, MkvmergeOption> BY_NAME = byName();

    private final String names;

    MkvmergeOption(String... names) {
        this.names = String.join(" ", names);
    }

    /** The kind of an option by its name without dashes; empty for one that is not listed here. */
    static Optional<MkvmergeOption> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, MkvmergeOption> byName() {
        Map<String, MkvmergeOption> all = new HashMap<>();
        for (MkvmergeOption kind : values()) {
            List.of(kind.names.split(" ", -1)).forEach(name -> all.put(name, kind));
        }
        return Map.copyOf(all);
    }
}
