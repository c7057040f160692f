package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ValidationException;
import dev.pawl.process.Tool;
import java.nio.file.Path;

/** The programs that do the work. */
record FfmpegTools(Path ffmpeg, Path ffprobe) {

    /**
     * Finds the programs.
     *
     * @throws ValidationException when one is not there, with what to install or to set
     */
    static FfmpegTools find(FfmpegModule.Settings settings) throws ValidationException {
        return new FfmpegTools(
                Tool.find("ffmpeg", settings.ffmpeg(), "ffmpeg").path(),
                Tool.find("ffprobe", settings.ffprobe(), "ffmpeg").path());
    }
}
