package dev.pawl.samples.ffmpeg;

/** The {@code data} of tasks for the older module of this name, as its users have them; all must run as they are. */
final class OldJobFiles {

    /** A piece of two files, with all options in the job. */
    static final String PIECE = """
            {
              "input_options": {"ss": "00:10:00", "to": "00:11:00"},
              "sources": ["source_file_1.mkv", "source_file_2.ac3"],
              "source_maps": [
                {"source": 0, "specifier": "v", "stream": 0},
                {"source": 1, "specifier": "a", "stream": 0},
                {"source": 0, "specifier": "s", "stream": 0}
              ],
              "output_maps": [
                {
                  "specifier": "v",
                  "stream": 0,
                  "options": {
                    "codec": "libx265",
                    "crf": 19,
                    "pix_fmt": "yuv420p10le",
                    "preset": "slow",
                    "x265-params": {"limit-sao": 1, "bframes": 8, "psy-rd": 1, "psy-rdoq": 2, "aq-mode": 3}
                  }
                },
                {
                  "specifier": "a",
                  "stream": 0,
                  "options": {
                    "codec": "libopus",
                    "b": "128k",
                    "ac": 2,
                    "vbr": "on",
                    "compression_level": 10,
                    "frame_duration": 60,
                    "application": "audio"
                  }
                },
                {"specifier": "s", "stream": 0, "options": {"codec": "copy"}}
              ],
              "output_file": "output_file.mkv"
            }
            """;

    /** The same with an option set, and over a file that may be there. */
    static final String PIECE_WITH_OPTION_SET = """
            {
              "input_options": {"ss": "0:10:00", "to": "0:20:00"},
              "sources": ["source_file_1.mkv", "source_file_2.ac3"],
              "source_maps": [
                {"source": 0, "specifier": "v", "stream": 0},
                {"source": 1, "specifier": "a", "stream": 0},
                {"source": 0, "specifier": "s", "stream": 0}
              ],
              "output_maps": [
                {
                  "specifier": "v",
                  "stream": 0,
                  "options": {
                    "codec": "libx265",
                    "crf": 19,
                    "pix_fmt": "yuv420p10le",
                    "preset": "slow",
                    "x265-params": {"limit-sao": 1, "bframes": 8, "psy-rd": 1, "psy-rdoq": 2, "aq-mode": 3}
                  }
                },
                {"specifier": "a", "stream": 0, "option_set": "opus-128k-stereo"},
                {"specifier": "s", "stream": 0, "options": {"codec": "copy"}}
              ],
              "output_file": "output_file.mkv",
              "overwrite": true
            }
            """;

    /** The first task of a job of several: more streams than options, and an option set used twice. */
    static final String FIRST_OF_SEVERAL = """
            {
              "sources": ["source_file.mkv"],
              "source_maps": [
                {"source": 0, "specifier": "v", "stream": 0},
                {"source": 0, "specifier": "a", "stream": 2},
                {"source": 0, "specifier": "a", "stream": 0},
                {"source": 0, "specifier": "s", "stream": 0},
                {"source": 0, "specifier": "s", "stream": 1}
              ],
              "output_maps": [
                {"specifier": "v", "stream": 0, "option_set": "x265-dark-and-stormy"},
                {"specifier": "a", "stream": 0, "option_set": "opus-128k-stereo"},
                {"specifier": "a", "stream": 1, "option_set": "opus-128k-stereo"},
                {"specifier": "s", "stream": 0, "options": {"codec": "copy"}}
              ],
              "output_file": "output_file.mkv",
              "overwrite": true
            }
            """;

    static final String OPUS = """
            {
              "name": "opus-128k-stereo",
              "options": {
                "codec": "libopus",
                "b": "128k",
                "ac": 2,
                "vbr": "on",
                "compression_level": 10,
                "application": "audio"
              }
            }
            """;

    static final String X265 = """
            {
              "name": "x265-dark-and-stormy",
              "options": {
                "codec": "libx265",
                "crf": 19,
                "pix_fmt": "yuv420p10le",
                "preset": "slow",
                "x265-params": {"limit-sao": 1, "bframes": 8, "psy-rd": 1, "psy-rdoq": 2, "aq-mode": 3}
              }
            }
            """;

    private OldJobFiles() {}
}
