"""A headless Chromium for pages on this machine: what it was asked to fetch is kept, and it may fetch nothing."""

import json
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


def opened(page, dark=False, size=(1400, 900)):
    """A driver that shows the file. To be quit by the caller."""
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                 f"--window-size={size[0]},{size[1]}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    if dark:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                               {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    driver.get(pathlib.Path(page).resolve().as_uri())
    return driver


def requests_of(driver):
    """What the page asked for, but for itself."""
    asked = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
    own = driver.current_url.split("#")[0]
    return [url for url in asked if url.split("#")[0] != own]


def complaints_of(driver):
    """What the browser wrote to its console: errors of the script, breaches of the policy."""
    return [entry["message"] for entry in driver.get_log("browser")]
