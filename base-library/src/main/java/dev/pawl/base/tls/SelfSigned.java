package dev.pawl.base.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A new key, and a certificate for it that it has signed itself: an X.509 certificate of version 3 (RFC 5280) for TLS servers, with a key on
 * the curve P-256.
 */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {

    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int SERIAL_BITS = 120;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LAST_SHORT_YEAR = 2049;

    /** Texts that are addresses, so that none is looked up as a name. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    /**
     * Makes a certificate.
     *
     * @param hosts the names and addresses for which it is valid; the first one names it
     */
    public static SelfSigned of(List<String> hosts, Instant from, Duration validity) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(pair, hosts, from, from.plus(validity));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] whole = Der.sequence(content, algorithm(), Der.bitString(0, signature.sign()));
            return new SelfSigned(pair.getPrivate(), (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has X.509 and the curve P-256.", e);
        }
    }

    private static byte[] content(KeyPair pair, List<String> hosts, Instant from, Instant to) {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(hosts.get(0)))));
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)),
                algorithm(),
                name,
                Der.sequence(time(from), time(to)),
                name,
                pair.getPublic().getEncoded(),
                Der.explicit(
                        3,
                        Der.sequence(
                                extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                                extension(KEY_USAGE, true, Der.bitString(7, new byte[] {(byte) 0x80})),
                                extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.oid(SERVER_AUTHENTICATION))),
                                extension(
                                        ALTERNATIVE_NAMES,
                                        false,
                                        Der.sequence(hosts.stream()
                                                .map(SelfSigned::name)
                                                .toArray(byte[][]::new))))));
    }

    private static byte[] algorithm() {
        return Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octetString(value))
                : Der.sequence(Der.oid(oid), Der.octetString(value));
    }

    /** RFC 5280 wants two digits of the year up to 2049. */
    private static byte[] time(Instant at) {
        return at.atOffset(ZoneOffset.UTC).getYear() <= LAST_SHORT_YEAR
                ? Der.shortTime(SHORT_TIME.format(at))
                : Der.time(TIME.format(at));
    }

    private static byte[] name(String host) {
        try {
            return isAddress(host)
                    ? Der.implicit(IP_ADDRESS, InetAddress.getByName(host).getAddress())
                    : Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host + " is not an address.", e);
        }
    }

    /** Whether a host is given by its address. */
    public static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /** The key as PEM, in PKCS#8. */
    public String keyText() {
        return new Pem("PRIVATE KEY", key.getEncoded()).text();
    }

    /** The certificate as PEM. */
    public String certificateText() {
        try {
            return new Pem("CERTIFICATE", certificate.getEncoded()).text();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate was read a moment ago.", e);
        }
    }
}
