package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ValidationException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options, or values of options, by which FFmpeg would read, write or connect to something else than the sources and the output file.
 *
 * <p>FFmpeg drops backslashes and single quotes, one level after the other, from the lists and filter graphs that options hold. A value is
 * therefore looked at without any of them: a name cannot be hidden in escapes. What remains are names without a folder, which lie in the
 * job's own work folder.
 */
final class ReachingOptions {

    private static final Set<String> NAMES = Set.of(
            "attach",
            "dump_attachment",
            "enable_drefs",
            "filter_complex_script",
            "filter_script",
            "format_whitelist",
            "i",
            "progress",
            "protocol_blacklist",
            "protocol_whitelist",
            "sub_name",
            "use_absolute_path");

    /** Options whose value is text for people. */
    private static final Set<String> TEXTS = Set.of("metadata");

    private static final Set<String> DEVICES = Set.of(
            "filter_hw_device", "hwaccel_device", "init_hw_device", "opencl_device", "qsv_device", "vaapi_device");

    private static final Set<String> FILTERS = Set.of("af", "filter", "filter_complex", "lavfi", "vf");

    private static final String BEGINNING = "(?:^|[=:,;|\\[\\]@])\\s*";

    private static final Pattern ABSOLUTE = Pattern.compile(BEGINNING + "/");

    private static final Pattern RENDER_DEVICE = Pattern.compile(BEGINNING + "/dev/dri/[A-Za-z0-9]+(?=$|[,:])");

    private static final Pattern ASCENDING = Pattern.compile("(?:^|[^A-Za-z0-9_.])\\.\\.(?:/|$)|/\\.\\.");

    private static final Pattern PROTOCOL = Pattern.compile(
            BEGINNING
                    + "(?:amqps?|async|bluray|cache|concatf?|crypto|data|dtls|fd|file|ftp|gophers?|hls|httpproxy|https?|icecast|ip[fn]s_gateway"
                    + "|ip[fn]s|md5|mms[ht]|pipe|prompeg|rist|rt[mps]+[a-z]*|sctp|sftp|smb|srtp?|subfile|tcp|tee|tls|udp(?:lite)?|unix|zmq)"
                    + "(?::|,,)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FILTER = Pattern.compile(
            "(?:^|[\\],;])\\s*(a?movie|a?zmq|a?sendcmd|ladspa|lv2|frei0r(?:_src)?|ddagrab|gfxcapture)\\s*(?=$|[=@,;\\[])");

    private static final Set<String> WRITERS_OF_SEVERAL = Set.of(
            "alsa",
            "audiotoolbox",
            "caca",
            "dash",
            "decklink",
            "fbdev",
            "fifo",
            "hds",
            "hls",
            "null",
            "opengl",
            "oss",
            "pulse",
            "rtp",
            "rtp_mpegts",
            "rtsp",
            "sap",
            "sdl",
            "sdl2",
            "segment",
            "smoothstreaming",
            "sndio",
            "ssegment",
            "stream_segment",
            "tee",
            "v4l2",
            "video4linux2",
            "webm_chunk",
            "webm_dash_manifest",
            "whip",
            "xv");

    private ReachingOptions() {}

    /** Refuses an option for its name, which comes without a stream specifier. */
    static void refuseName(String place, String name) throws ValidationException {
        if (NAMES.contains(name)) {
            throw new ValidationException(
                    place + " is refused: a job's files are named in sources and output_file alone.");
        }
    }

    /** Refuses a value for what it names. */
    static void refuseValue(String place, String name, String value) throws ValidationException {
        if (TEXTS.contains(name)) {
            return;
        }
        String plain = value.replace("\\", "").replace("'", "");
        String rest = DEVICES.contains(name) ? RENDER_DEVICE.matcher(plain).replaceAll("") : plain;
        if (ABSOLUTE.matcher(rest).find()
                || ASCENDING.matcher(rest).find()
                || PROTOCOL.matcher(rest).find()) {
            throw new ValidationException(place + " is " + value
                    + ", which names a file or an address; a job's files are named in sources and output_file alone.");
        }
        if (FILTERS.contains(name)) {
            Matcher filter = FILTER.matcher(plain);
            if (filter.find()) {
                throw new ValidationException(
                        place + " has the filter " + filter.group(1)
                                + ", which is refused: it reaches files, programs or addresses beyond sources and output_file.");
            }
        }
    }

    /** Refuses a format to read that is no plain file. */
    static void refuseInputFormat(String place, String format) throws ValidationException {
        for (String name : format.split(",", -1)) {
            if (!ReadableFormats.contains(name)) {
                throw new ValidationException(place + " is " + format
                        + "; only formats of a single file are read, and no playlists, devices or filter graphs.");
            }
        }
    }

    /** Refuses a format to write that is no single file. */
    static void refuseOutputFormat(String place, String format) throws ValidationException {
        for (String name : format.split(",", -1)) {
            if (WRITERS_OF_SEVERAL.contains(name)) {
                throw new ValidationException(place + " is " + format
                        + ", which does not make a single file; name a format such as matroska or mp4.");
            }
        }
    }
}
