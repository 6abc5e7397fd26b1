"""What is stored: the data folder, the people and the documents of set-up, in files that survive kills and full disks."""
