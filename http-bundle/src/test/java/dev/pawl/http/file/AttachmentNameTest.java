package dev.pawl.http.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AttachmentNameTest {

    @Test
    void aPlainNameIsThereInBothForms() {
        assertEquals(
                "attachment; filename=\"a report.pdf\"; filename*=UTF-8''a%20report.pdf",
                AttachmentName.header("2026/a report.pdf"));
    }

    @Test
    void nothingOfANameEndsTheHeaderOrTheQuotation() {
        assertEquals(
                "attachment; filename=\"a__ _b___\"; filename*=UTF-8''a%22%3B%20%5Cb%0D%0A%25",
                AttachmentName.header("a\"; \\b\r\n%"));
    }

    @Test
    void otherLettersAreUtf8() {
        assertEquals(
                "attachment; filename=\"na_ve _.txt\"; filename*=UTF-8''na%C3%AFve%20%F0%9F%98%80.txt",
                AttachmentName.header("naïve \uD83D\uDE00.txt"));
    }
}
