package dev.pawl.cli;

/** Jobs as the API returns them. */
public final class Jobs {
    public static final String ID = "3f2a91c4-0000-4000-8000-000000000001";

    public static final String COMPLETED = job("completed", 100, "null", "null");
    public static final String RUNNING = job("running", 40, "null", "null");
    static final String PENDING = job(
            "pending",
            0,
            "{\"code\":\"queued\",\"sentence\":\"Queued behind 3 jobs.\",\"unblocked_by\":\"A free slot.\"}",
            "null");
    public static final String FAILED =
            job("failed", 40, "null", "{\"phase\":\"run\",\"task_index\":0,\"message\":\"No such file.\"}");

    public static final String HELLO = """
            {"id":"hello","name":"Hello World","version":"1.0.0","description":"Greets.","state":"ready","isolation":"server","enabled":true,
             "inputs":[{"id":"name","type":"text","required":true,"default":null,"description":"Whom to greet"},
                       {"id":"count","type":"integer","required":false,"default":3,"description":"How often","min":1.0,"max":1000000.0},
                       {"id":"delay_ms","type":"integer","required":false,"default":0,"description":""},
                       {"id":"rate","type":"number","required":false,"default":null,"description":""},
                       {"id":"loud","type":"boolean","required":false,"default":false,"description":""},
                       {"id":"extra","type":"json","required":false,"default":null,"description":""}],
             "settings":[{"id":"greeting","type":"text","required":false,"default":"Hello","description":""}]}
            """;

    private Jobs() {}

    public static String entry(int sequence, String level, String message) {
        return "{\"timestamp\":\"2026-03-01T11:59:58.%03d+00:00\",\"level\":\"%s\",\"message\":\"%s\",\"sequence\":%d}"
                .formatted(sequence, level, message, sequence);
    }

    public static String results(int count, int total) {
        StringBuilder results = new StringBuilder("{\"results\":[");
        for (int i = 1; i <= count; i++) {
            results.append(i > 1 ? "," : "")
                    .append("{\"data\":{\"greeting\":\"Hello\",\"iteration\":%d},\"sequence\":%d,\"tentative\":false}"
                            .formatted(i, i));
        }
        return results.append("],\"total\":").append(total).append('}').toString();
    }

    /** A completed job with that number of runs, of which all but the last failed. */
    static String withRuns(int count) {
        StringBuilder runs = new StringBuilder();
        for (int n = 1; n <= count; n++) {
            boolean last = n == count;
            runs.append(n > 1 ? "," : "").append("""
                    {"epoch":%d,"task_index":0,"module":"hello","module_version":"%s","worker_id":"w","outcome":"%s",
                     "started_at":"2026-03-01T11:59:50.000+00:00","ended_at":"2026-03-01T11:59:52.000+00:00","failure":%s}
                    """.formatted(
                            n,
                            last ? "1.2.0" : "1.1.0",
                            last ? "completed" : "retry",
                            last ? "null" : "{\"message\":\"No such host.\"}"));
        }
        return COMPLETED.strip().replaceFirst("}$", ",\"module_version\":\"1.2.0\",\"runs\":[" + runs + "]}");
    }

    /** A completed job with one run, which ended on version 1.2.0 of {@code hello}. */
    static String withDoneTasks(String tasks) {
        return withRuns(1).replace("\"outcome\"", "\"done_tasks\":[" + tasks + "],\"outcome\"");
    }

    static String job(String status, int progress, String reason, String failure) {
        return """
                {"id":"%s","job_id":"%s","job_title":"hello","module_id":"hello","status":"%s","progress":%d,
                 "created_at":"2026-03-01T11:59:57.000+00:00","started_at":"2026-03-01T11:59:58.000+00:00",
                 "completed_at":%s,"reason":%s,"failure":%s,"error":null,"inputs":{"name":"World"},"settings":{},
                 "checkpoint":{"iteration":3},"info":{"step":3},"tasks":[{"module":"hello","data":{"name":"World"}}]}
                """.formatted(
                ID,
                ID,
                status,
                progress,
                status.equals("running") || status.equals("pending") ? "null" : "\"2026-03-01T12:00:00.300+00:00\"",
                reason,
                failure);
    }
}
