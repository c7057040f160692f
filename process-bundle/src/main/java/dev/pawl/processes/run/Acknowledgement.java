package dev.pawl.processes.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** The message that a checkpoint is on disk, with everything before it. */
final class Acknowledgement {

    private Acknowledgement() {}

    /**
     * The message.
     *
     * @param park whether the process is to leave now, since another run goes on from here
     */
    static Map<String, Object> of(String id, boolean park) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "ack");
        message.put("id", id);
        if (park) {
            message.put("park", true);
        }
        return message;
    }
}
