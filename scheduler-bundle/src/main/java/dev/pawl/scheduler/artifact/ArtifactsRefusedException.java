package dev.pawl.scheduler.artifact;

/** Says in a sentence why the artifacts of a task are not kept. */
public final class ArtifactsRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    ArtifactsRefusedException(String sentence) {
        super(sentence);
    }

    ArtifactsRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
