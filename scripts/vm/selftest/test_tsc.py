# SPDX-License-Identifier: GPL-2.0
"""How fast the time stamp counter counts."""

import unittest

from ferrule_vm import tsc


@unittest.skipUnless(tsc.known(), "this host's counter changes its pace")
class Frequency(unittest.TestCase):
    """What is measured here, guests believe."""

    def test_it_is_the_same_each_time(self):
        first, second = tsc.khz(), tsc.khz()
        self.assertAlmostEqual(first / second, 1, delta=0.001)

    def test_it_is_one_that_a_cpu_can_have(self):
        self.assertTrue(500_000 < tsc.khz() < 10_000_000)
