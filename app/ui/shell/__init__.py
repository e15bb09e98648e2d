"""The frame: window, side bar, top bar, navigation, notices, help, sign-in and set-up."""
