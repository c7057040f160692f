package dev.pawl.it.clients;

/** The HTTP libraries of older programs: the headers that they send, in their order. */
enum Library {

    /** The library of the polling worker. */
    REQUESTS {
        @Override
        String headers(String method, String host, String length) {
            return "Host: " + host + "\r\nUser-Agent: python-requests/2.28.1\r\nAccept-Encoding: gzip, deflate\r\n"
                    + "Accept: */*\r\nConnection: keep-alive\r\n"
                    + (length != null
                            ? "Content-Length: " + length + "\r\nContent-Type: application/json\r\n"
                            : method.equals("GET") ? "" : "Content-Length: 0\r\n");
        }
    },

    /** The library of the older engine's command line. */
    HTTPX {
        @Override
        String headers(String method, String host, String length) {
            return "Host: " + host + "\r\n"
                    + (length == null && method.equals("POST") ? "Content-Length: 0\r\n" : "")
                    + "Accept: */*\r\nAccept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\n"
                    + "User-Agent: python-httpx/0.23.3\r\n"
                    + (length == null ? "" : "Content-Length: " + length + "\r\nContent-Type: application/json\r\n");
        }
    },

    /** The library of scripts that are used beside these programs. */
    AIOHTTP {
        @Override
        String headers(String method, String host, String length) {
            return "Host: " + host + "\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n"
                    + "User-Agent: Python/3.11 aiohttp/3.8.4\r\n"
                    + (length != null
                            ? "Content-Length: " + length + "\r\nContent-Type: application/json\r\n"
                            : method.equals("GET")
                                    ? ""
                                    : "Content-Length: 0\r\nContent-Type: application/octet-stream\r\n");
        }
    };

    /**
     * The header lines of a request.
     *
     * @param length the length of the JSON body; null when there is none
     */
    abstract String headers(String method, String host, String length);
}
