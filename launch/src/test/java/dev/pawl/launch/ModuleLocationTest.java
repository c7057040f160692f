package dev.pawl.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModuleLocationTest {

    @Test
    void theLocationOfAModuleIsTheOneThatEarlierReleasesLeftInTheBundleCache() {
        assertEquals("pawl:0a1b", ModuleLocation.of("0a1b"));
        assertTrue(ModuleLocation.isModule("pawl:0a1b"));
        assertEquals(Optional.of("0a1b"), ModuleLocation.sha256("pawl:0a1b"));
    }

    @Test
    void aBundleOfTheDistributionIsNoModule() {
        String location = "reference:file:/opt/pawl/bundles/store-bundle.jar";
        assertFalse(ModuleLocation.isModule(location));
        assertEquals(Optional.empty(), ModuleLocation.sha256(location));
    }
}
